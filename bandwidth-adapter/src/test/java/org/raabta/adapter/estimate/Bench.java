package org.raabta.adapter.estimate;
import java.util.*;
class Bench { public static void main(String[] a) {
  if (a.length>0 && a[0].equals("voice")) { var w = Way.of(32,650,4000).stalls(400,8).jitter(Double.parseDouble(a[1])); System.out.print(Drive.draw(Drive.run(Drive.Plan.full(w,100,false).cap(18),1))); return; }
  String only = a.length>0?a[0]:"";
  LinkZoo.steady().forEach((n,w)->{ if(n.startsWith(only)) for(long seed: new long[]{1,2,3}) one(n, Drive.Plan.full(w,180,n.endsWith("down")), seed); });
  LinkZoo.changing().forEach((n,p)->{ if(n.startsWith(only)) for(long seed: new long[]{1}) one(n, new Drive.Plan(p,120,1e9,10,n.endsWith("down"),0,false,0), seed); });
  if (a.length>1) { var m = LinkZoo.steady().get(a[0]); var pl = m!=null? Drive.Plan.full(m,180,a[0].endsWith("down")) : new Drive.Plan(LinkZoo.changing().get(a[0]),120,1e9,10,a[0].endsWith("down"),0,false,0); System.out.print(Drive.draw(Drive.run(pl, Long.parseLong(a[1])))); }
  if (only.isEmpty()) for (double sd : new double[]{0,60,100}) for (double v : new double[]{13,18,22,25}) for (boolean down : new boolean[]{false,true}) {
    int al=0; double minEst=1e9; for (long seed=1; seed<=5; seed++) { var w = Way.of(32,650,4000).stalls(400,8).jitter(sd); var s = Drive.run(Drive.Plan.full(w,600,down).cap(v), seed); al+=Figures.alarms(s); for (var x: s) if (x.ms()>20000) minEst=Math.min(minEst,x.kbps()); }
    System.out.printf("voice %.0f on 32, sd %.0f %s: alarms %d in 50 min, least est %.1f%n", v, sd, down?"down":"up", al, minEst); }
 }
 static void one(String n, Drive.Plan p, long seed) { var s = Drive.run(p, seed); 
  System.out.printf("%-20s seed %d err %.2f p90 %.2f used %.2f q>100 %.2f q>600 %.2f alarms %d reach85 %.1f%n", n, seed, Figures.error(s,.5,10), Figures.error(s,.9,10), Figures.used(s,10), Figures.queued(s,100,10), Figures.queued(s,600,10), Figures.alarms(s), Figures.reached(s,0,x->x.kbps()>=.85*x.linkKbps())); }
}
