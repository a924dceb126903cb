// Time: formatting, parsing, arithmetic; no clock is read.
package main

import (
	"fmt"
	"time"
)

func main() {
	t := time.Date(2009, time.November, 10, 23, 4, 5, 123456789, time.UTC)
	for _, layout := range []string{time.RFC3339Nano, time.RFC1123, time.Kitchen, time.ANSIC, "Mon Jan _2 15:04:05.000 2006", "2006-002", time.DateTime} {
		fmt.Println(t.Format(layout))
	}
	fmt.Println(t, t.Unix(), t.Weekday(), t.YearDay())
	u, err := time.Parse(time.RFC3339, "2024-02-29T12:00:00+02:00")
	fmt.Println(u.UTC(), err, u.Sub(t).Round(time.Hour), u.After(t))
	_, err = time.Parse(time.DateOnly, "2023-02-29")
	fmt.Println(err)
	y, w := t.ISOWeek()
	fmt.Println(y, w, t.AddDate(0, 3, 21).Format(time.DateOnly), t.Truncate(time.Hour).Format(time.TimeOnly))
	for _, d := range []time.Duration{0, 1, 1500, time.Millisecond * 15 / 10, 90 * time.Second, 25*time.Hour + 3*time.Minute + 500*time.Millisecond, -time.Minute} {
		fmt.Print(d, " ", d.Seconds(), "; ")
	}
	fmt.Println()
	d, err := time.ParseDuration("1h15m30.918s")
	fmt.Println(d, err, d.Truncate(time.Minute))
	loc := time.FixedZone("XYZ", -3600)
	fmt.Println(t.In(loc), t.In(loc).Equal(t))
	b, _ := t.MarshalText()
	fmt.Println(string(b))
}
