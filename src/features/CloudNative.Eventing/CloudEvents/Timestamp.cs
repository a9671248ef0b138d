using System.Globalization;

namespace CloudNative.Eventing.CloudEvents;

/// <summary>
/// Timestamps of RFC 3339. Years 0001 to 9999; what is finer than 100 ns is cut; a leap second is the first of the next minute; an offset
/// that <see cref="DateTimeOffset"/> cannot hold (beyond 14 hours) becomes UTC.
/// </summary>
internal static class Timestamp
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF";
    private const int DigitsOfTick = 7;

    // 2018-04-05T17:31:00, before fraction and offset.
    private const int LengthToSecond = 19;

    /// <summary>The longest text that <see cref="Write"/> makes.</summary>
    public const int LongestText = 33;

    private static long LongestOffset => TimeSpan.TicksPerHour * 14;

    /// <summary>Writes a time; its offset is kept, and none is a <c>Z</c>.</summary>
    public static int Write(DateTimeOffset time, Span<char> text)
    {
        _ = time.TryFormat(text, out var length, Format, CultureInfo.InvariantCulture);
        if (time.Offset == TimeSpan.Zero)
        {
            text[length] = 'Z';
            return length + 1;
        }

        _ = time.TryFormat(text[length..], out var offset, "zzz", CultureInfo.InvariantCulture);
        return length + offset;
    }

    public static bool TryParse(ReadOnlySpan<char> text, out DateTimeOffset time)
    {
        time = default;
        if (text.Length <= LengthToSecond
            || text[4] != '-' || text[7] != '-' || text[10] is not ('T' or 't') || text[13] != ':' || text[16] != ':'
            || !TryNumber(text[..4], out var year) || !TryNumber(text[5..7], out var month) || !TryNumber(text[8..10], out var day)
            || !TryNumber(text[11..13], out var hour) || !TryNumber(text[14..16], out var minute)
            || !TryNumber(text[17..19], out var second))
        {
            return false;
        }

        var rest = text[LengthToSecond..];
        if (!TryFraction(ref rest, out var fraction) || !TryOffset(rest, out var offset)
            || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)
            || hour > 23 || minute > 59 || second > 60)
        {
            return false;
        }

        var isLeap = second == 60;
        var local = new DateTime(year, month, day, hour, minute, isLeap ? 59 : second).Ticks
            + (isLeap ? TimeSpan.TicksPerSecond : fraction);
        return TryCompose(local, offset, isLeap, out time);
    }

    private static bool TryCompose(long local, long offset, bool isLeap, out DateTimeOffset time)
    {
        time = default;
        var utc = local - offset;

        // Leap seconds are added at the end of a day in UTC.
        if (utc < 0 || utc > DateTime.MaxValue.Ticks || (isLeap && utc % TimeSpan.TicksPerDay != 0))
        {
            return false;
        }

        var holds = Math.Abs(offset) <= LongestOffset && local <= DateTime.MaxValue.Ticks;
        time = holds ? new DateTimeOffset(local, new TimeSpan(offset)) : new DateTimeOffset(utc, TimeSpan.Zero);
        return true;
    }

    private static bool TryFraction(ref ReadOnlySpan<char> rest, out long ticks)
    {
        ticks = 0;
        if (rest[0] != '.')
        {
            return true;
        }

        var digits = 0;
        for (rest = rest[1..]; !rest.IsEmpty && char.IsAsciiDigit(rest[0]); rest = rest[1..], digits++)
        {
            ticks = digits < DigitsOfTick ? (ticks * 10) + (rest[0] - '0') : ticks;
        }

        for (var i = digits; i < DigitsOfTick; i++)
        {
            ticks *= 10;
        }

        return digits > 0;
    }

    private static bool TryOffset(ReadOnlySpan<char> rest, out long ticks)
    {
        ticks = 0;
        if (rest is "Z" or "z")
        {
            return true;
        }

        if (rest.Length != 6 || rest[0] is not ('+' or '-') || rest[3] != ':'
            || !TryNumber(rest[1..3], out var hours) || !TryNumber(rest[4..6], out var minutes)
            || hours > 23 || minutes > 59)
        {
            return false;
        }

        ticks = ((hours * TimeSpan.TicksPerHour) + (minutes * TimeSpan.TicksPerMinute)) * (rest[0] == '-' ? -1 : 1);
        return true;
    }

    private static bool TryNumber(ReadOnlySpan<char> digits, out int number)
    {
        number = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit(digit))
            {
                return false;
            }

            number = (number * 10) + (digit - '0');
        }

        return true;
    }
}
