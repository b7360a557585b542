# LibreOffice takes the fonts that stand in for those of Windows from the file this writes; they are the ones our layout takes.
stand_in_fonts() {
  local pair
  echo '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><include>/etc/fonts/fonts.conf</include>'
  for pair in 仿宋_GB2312=Serif 楷体_GB2312=Serif 方正小标宋简体=Serif 宋体=Serif 黑体=Sans; do
    echo "<match target=\"pattern\"><test name=\"family\"><string>${pair%=*}</string></test>"
    echo "<edit name=\"family\" mode=\"assign\" binding=\"strong\"><string>Noto ${pair#*=} CJK SC</string></edit></match>"
  done
  echo '</fontconfig>'
}
