using System.Text.RegularExpressions;

namespace CloudNative.Local.Building;

/// <summary>What a build wrote, cut to what the reader needs: its errors, each once.</summary>
internal sealed partial class BuildOutput
{
    private const int MaximumLines = 2000;

    private readonly Lock _gate = new();
    private readonly List<string> _lines = [];

    public void Add(string line)
    {
        lock (_gate)
        {
            if (_lines.Count < MaximumLines)
            {
                _lines.Add(line);
            }
        }
    }

    /// <summary>The errors; the whole output when no line looks like one.</summary>
    public string Describe()
    {
        lock (_gate)
        {
            var errors = _lines.Where(line => ErrorLine().IsMatch(line)).Select(line => line.Trim()).Distinct().ToList();
            return string.Join(Environment.NewLine, errors.Count > 0 ? errors : _lines.Where(line => line.Length > 0));
        }
    }

    // "file(1,2): error CS1002: …" and "MSBUILD : error MSB1009: …".
    [GeneratedRegex(@":\s+(fatal )?error(\s+\w+)?\s*:", RegexOptions.CultureInvariant)]
    private static partial Regex ErrorLine();
}
