using System.Text.RegularExpressions;

namespace CloudNative.Local.Output;

/// <summary>
/// Tells how much each line of one stream matters. Understands the formats of the console logger (simple, systemd,
/// JSON) and of Serilog's console; indented lines belong to the entry above them. Not thread-safe: one instance a
/// stream.
/// </summary>
internal sealed partial class LevelReader(OutputLevel unmarked)
{
    private OutputLevel? _last;

    public OutputLevel Read(string line)
    {
        if (line.Length == 0 || char.IsWhiteSpace(line[0]))
        {
            return _last ?? unmarked;
        }

        var match = Entry().Match(line);
        var level = match.Success ? Level(match.Groups["level"].ValueSpan) : Json(line) ?? unmarked;
        _last = level;
        return level;
    }

    private static OutputLevel? Json(string line) =>
        line[0] == '{' && JsonLevel().Match(line) is { Success: true } match ? Level(match.Groups["level"].ValueSpan) : null;

    private static OutputLevel Level(ReadOnlySpan<char> level) => level switch
    {
        "warn" or "WRN" or "<4>" or "Warning" => OutputLevel.Warning,
        "fail" or "crit" or "ERR" or "FTL" or "<3>" or "<2>" or "Error" or "Critical" or "Fatal" => OutputLevel.Error,
        _ => OutputLevel.Information,
    };

    // "warn: Category[0]", a timestamp before it; "<4>Category[0] text"; "[12:00:00 WRN] text".
    [GeneratedRegex(
        @"^(\S+ ){0,2}?(?<level>trce|dbug|info|warn|fail|crit): |^(?<level><[0-7]>)"
        + @"|^\[[^\]]*\b(?<level>VRB|DBG|INF|WRN|ERR|FTL)\]",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Entry();

    [GeneratedRegex(
        "\"(LogLevel|@l|Level)\"\\s*:\\s*\"(?<level>[A-Za-z]+)\"",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex JsonLevel();
}
