#!/usr/bin/env bash
# The window is killed while a clerk types; what was typed two seconds before is recovered.
cd "$(dirname "$0")/../.."
. tests/e2e/desk.bash
rounds=${NIANBAO_WINDOW_KILLS:-3}

start_display
for round in $(seq "$rounds"); do
  rm -rf "$XDG_STATE_HOME" "$XDG_DATA_HOME" "$draft"
  "$NIANBAO" new --issuer '青山镇人民政府' --year 2025 -o "$draft"
  open_window "$draft"
  turns F6
  typed="seen$round$RANDOM"
  types "$typed"
  await '有修改，标题写明未保存' says 未保存
  rest
  # The promise itself, not a wait for something to happen.
  sleep 2
  types 'unseen'
  kill -9 "$program"
  wait "$program" 2>/dev/null || true
  list=$("$NIANBAO" recover)
  [[ $list == *青山镇人民政府2025年*"$draft" ]] || fail "第$round次，列出的是：$list"
  "$NIANBAO" recover 1 -o "$desk/recovered.nianbao"
  grep -q "$typed" "$desk/recovered.nianbao" || fail "第$round次，$typed丢了"
  rm "$desk/recovered.nianbao"
  "$NIANBAO" check "$draft" --format json >/dev/null || [[ $? == 1 ]]
  await '窗口没有了' is_gone
done
echo "$rounds windows killed, nothing lost that was typed two seconds before"
