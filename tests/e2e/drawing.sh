#!/usr/bin/env bash
# The window that the program draws itself: what is seen when it is covered, resized, minimised and hidden, what it
# costs meanwhile, and that it neither opens OpenGL nor speaks to anybody but the desktop. Needs strace.
cd "$(dirname "$0")/../.."
. tests/e2e/desk.bash

# Processor time of the program so far, in hundredths of a second.
ticks() {
  awk '{sub(/.*\) /, ""); print $12 + $13}' "/proc/$program/stat"
}

picture() {
  import -window "$window" "$desk/$1.png"
}

# How many pixels differ between two pictures.
differing() {
  compare -metric AE "$desk/$1.png" "$desk/$2.png" null: 2>&1 || true
}

same() {
  local count
  count=$(differing "$2" "$3")
  [[ $count == 0 ]] || fail "$1：$count个点不同"
  echo "$1"
}

# Uses no processor time to speak of for two seconds: idle <what>
idle() {
  local before used
  rest
  sleep 1
  before=$(ticks)
  sleep 2
  used=$(($(ticks) - before))
  ((used <= 4)) || fail "$1：两秒用了${used}0毫秒"
  echo "$1"
}

start_bus
start_display
cp assets/sample.nianbao "$draft"
runner=(strace -f -o "$desk/trace" -e 'trace=open,openat,socket,connect')
"${runner[@]}" true || fail '要有strace'
open_window "$draft"
program=$(pgrep -P "$program")
xdotool windowsize "$window" 1200 700 windowmove "$window" 20 20
# What was told at the opening has faded by then.
sleep 6
turns F6
turns F6
turns F6
xdotool mousemove 1365 767
idle '静止时不用CPU'

picture whole
xclock -geometry 500x300+200+200 >/dev/null 2>&1 &
cover=$!
pids+=("$cover")
await '别的窗口盖住' xdotool search --onlyvisible --class xclock
sleep 1
xdotool windowmove "$(xdotool search --onlyvisible --class xclock | tail -n 1)" 500 300
sleep 1
kill "$cover"
await '盖住的窗口没有了' sh -c '! xdotool search --onlyvisible --class xclock'
rest
picture uncovered
same '盖住又露出来，一点不差' whole uncovered

# Through many sizes and back; what is wider or higher than before must have been painted.
for size in '801 481' '1300 720' '803 720' '1300 500' '997 613' '1200 700'; do
  xdotool windowsize "$window" ${size% *} ${size#* }
  rest
  picture sized
  # Along the right and the lower edge nothing is left black or of an older frame.
  for edge in "6x${size#* }+$((${size% *} - 6))+0" "${size% *}x4+0+$((${size#* } - 4))"; do
    dark=$(convert "$desk/sized.png" -crop "$edge" +repage -colorspace Gray -format '%[fx:maxima<0.1]' info:)
    [[ $dark == 0 ]] || fail "改到$size，边上没有画：$edge"
  done
done
picture resized
same '拖大拖小再回来，一点不差' whole resized

xdotool windowminimize "$window"
await '最小化' sh -c "! xdotool search --onlyvisible --class nianbao"
before=$(ticks)
sleep 3
used=$(($(ticks) - before))
((used <= 9)) || fail "最小化时不画，三秒却用了${used}0毫秒"
echo '最小化时不画'
xdotool windowactivate "$window"
await '恢复窗口' is_open
await '窗口得到焦点' has_focus
rest
picture restored
same '最小化再恢复，一点不差' whole restored
xdotool windowunmap "$window"
await '藏起来' is_gone
xdotool windowmap "$window"
await '再显示' is_open
await '窗口得到焦点' has_focus
xdotool windowsize "$window" 1200 700 windowmove "$window" 20 20
xdotool mousemove 1365 767
rest
picture mapped
same '藏起来再显示，一点不差' whole mapped

keys ctrl+Home 5 Return
rest
picture typed
(($(differing whole typed) > 0)) || fail '恢复以后键入看得见'
echo '恢复以后键入看得见'

kill "$program"
await '窗口没有了' is_gone
if [[ ${NIANBAO_RENDERER:-cpu} == cpu ]]; then
  ! grep -E '(libGL|libEGL|libGLX|swrast|libgallium|libvulkan|/dri/)' "$desk/trace" | grep -v ENOENT | head -3 | grep . ||
    fail '不打开OpenGL'
  echo '没有打开OpenGL'
fi
! grep -E 'socket\(AF_INET|socket\(AF_PACKET|sa_family=AF_INET' "$desk/trace" | grep . || fail '不用网络'
# Abstract sockets have an @ before their paths.
grep -o 'sun_path=@\?"[^"]*"' "$desk/trace" | sed 's/sun_path=@\?"//; s/"$//' | sort -u >"$desk/sockets"
! grep -vE '/\.X11-unix/X|/bus$|dbus-|/at-spi|fcitx|ibus|/nscd/socket' "$desk/sockets" | grep . || fail '只连桌面'
echo "连的只有：$(tr '\n' ' ' <"$desk/sockets")"
