using System.Globalization;

namespace CloudNative.Deadlines;

/// <summary>
/// The header in which a deadline travels over HTTP: the whole milliseconds that are left to the receiver. A duration and not an
/// instant, so that clocks need not agree; the way there is not counted.
/// </summary>
public static class DeadlineHeader
{
    /// <summary>The name of the header.</summary>
    public const string Name = "CloudNative-Deadline";

    // Eleven days, more than a client may set; whatever is longer is as good as none.
    private const int MostDigits = 9;
    private const long Most = 999_999_999;

    /// <summary>Writes a value. Parts of a millisecond count as a whole one; at least 1.</summary>
    /// <param name="timeLeft">What is left.</param>
    /// <returns>The value.</returns>
    public static string Format(TimeSpan timeLeft)
    {
        var milliseconds = Math.Clamp(Math.Ceiling(timeLeft.TotalMilliseconds), 1, Most);
        return ((long)milliseconds).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Reads a value: digits and nothing else. All else is refused, as a caller may send what it likes.</summary>
    /// <param name="value">The value of the header.</param>
    /// <param name="timeLeft">
    /// What is left; zero when the caller has given up already, <see cref="TimeSpan.MaxValue"/> for more than nine digits.
    /// </param>
    /// <returns>Whether the value says when the deadline is.</returns>
    public static bool TryParse(ReadOnlySpan<char> value, out TimeSpan timeLeft)
    {
        timeLeft = default;
        if (value.IsEmpty || value.ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        timeLeft = value.Length > MostDigits
            ? TimeSpan.MaxValue
            : TimeSpan.FromMilliseconds(int.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture));
        return true;
    }
}
