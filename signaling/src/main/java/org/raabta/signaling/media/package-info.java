/**
 * What uploaded bytes really are: pictures and recordings judged by their own structure, never by what somebody says of them.
 * Takes out what tells where and with what a picture was taken; refuses what is broken, too large or hides something.
 */
@org.jspecify.annotations.NullMarked
package org.raabta.signaling.media;
