using System.Diagnostics.CodeAnalysis;

namespace CloudNative.Testing.Agent.Client;

/// <summary>
/// A line that an agent writes. A mark ends it: of the last line of an agent that is killed there may be only a part, which says nothing.
/// </summary>
internal static class AgentLine
{
    private const char End = '\u001e'; // The record separator of ASCII.

    public static string Write(string text) => text + End;

    public static bool TryRead(string line, [NotNullWhen(true)] out string? text)
    {
        text = line.EndsWith(End) ? line[..^1] : null;
        return text is not null;
    }
}
