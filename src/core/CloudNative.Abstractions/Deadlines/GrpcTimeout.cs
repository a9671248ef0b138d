using System.Globalization;

namespace CloudNative.Deadlines;

/// <summary>
/// The <c>grpc-timeout</c> header: at most eight digits and a unit (gRPC over HTTP/2, "Timeout": H, M, S, m, u, n).
/// </summary>
public static class GrpcTimeout
{
    /// <summary>The name of the header.</summary>
    public const string Name = "grpc-timeout";

    private const int MostDigits = 8;
    private const long Most = 99_999_999;

    private static ReadOnlySpan<char> UnitsFromMicroseconds => "umSMH";

    /// <summary>Writes a value in the finest unit it fits in. What does not divide is rounded down, to 1 at least.</summary>
    /// <param name="timeLeft">What is left.</param>
    /// <returns>The value.</returns>
    public static string Format(TimeSpan timeLeft)
    {
        var ticks = Math.Max(1, timeLeft.Ticks);
        if (ticks <= Most / TimeSpan.NanosecondsPerTick)
        {
            return Write(ticks * TimeSpan.NanosecondsPerTick, 'n');
        }

        foreach (var unit in UnitsFromMicroseconds)
        {
            var value = ticks / TicksOf(unit);
            if (value <= Most)
            {
                return Write(value, unit);
            }
        }

        return Write(Most, 'H');
    }

    /// <summary>Reads a value. What the specification does not allow is refused.</summary>
    /// <param name="value">The value of the header.</param>
    /// <param name="timeLeft">What is left.</param>
    /// <returns>Whether it is a timeout.</returns>
    public static bool TryParse(ReadOnlySpan<char> value, out TimeSpan timeLeft)
    {
        timeLeft = default;
        if (value.Length is < 2 or > MostDigits + 1
            || !long.TryParse(value[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var amount))
        {
            return false;
        }

        switch (value[^1])
        {
            case 'n':
                timeLeft = TimeSpan.FromTicks(amount / TimeSpan.NanosecondsPerTick);
                return true;
            case 'u' or 'm' or 'S' or 'M' or 'H':
                // The most there is, eight digits of hours, fits.
                timeLeft = TimeSpan.FromTicks(amount * TicksOf(value[^1]));
                return true;
            default:
                return false;
        }
    }

    private static long TicksOf(char unit) => unit switch
    {
        'u' => TimeSpan.TicksPerMicrosecond,
        'm' => TimeSpan.TicksPerMillisecond,
        'S' => TimeSpan.TicksPerSecond,
        'M' => TimeSpan.TicksPerMinute,
        _ => TimeSpan.TicksPerHour,
    };

    private static string Write(long amount, char unit) => string.Create(CultureInfo.InvariantCulture, $"{amount}{unit}");
}
