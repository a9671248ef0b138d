using System.Globalization;

namespace CloudNative.Local.Ports;

/// <summary>
/// Which process listens on a port. An answer at a service's port may come from a program that was faster to take it;
/// only Linux tells without help, elsewhere nothing is known.
/// </summary>
internal static class PortOwner
{
    private const string ListenState = "0A";

    /// <summary>Whether it is known that the process, and those it started, are not who listens there.</summary>
    public static bool IsAnother(int port, int processId)
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        var sockets = Listeners("/proc/net/tcp", port).Concat(Listeners("/proc/net/tcp6", port)).ToHashSet();
        if (sockets.Count == 0)
        {
            return false;
        }

        try
        {
            return HasEnded(processId) || !Family(processId).Any(member => HoldsOne(member, sockets));
        }
        catch (UnauthorizedAccessException)
        {
            // It runs as somebody else, who does not show it, or has ended and is not reaped yet.
            return HasEnded(processId);
        }
    }

    // "  0: 0100007F:1F90 00000000:0000 0A …" with the socket's number in the tenth column.
    private static IEnumerable<string> Listeners(string table, int port)
    {
        var ending = $":{port:X4}";
        return File.Exists(table)
            ? File.ReadLines(table)
                .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Where(row => row.Length > 9 && row[3] == ListenState && row[1].EndsWith(ending, StringComparison.Ordinal))
                .Select(row => $"socket:[{row[9]}]")
            : [];
    }

    private static bool HoldsOne(int processId, HashSet<string> sockets)
    {
        try
        {
            return Directory.EnumerateFiles($"/proc/{processId}/fd")
                .Any(file => File.ResolveLinkTarget(file, returnFinalTarget: false)?.Name is { } name && sockets.Contains(name));
        }
        catch (IOException)
        {
            // It has ended, or closed a file that was looked at.
            return false;
        }
    }

    private static HashSet<int> Family(int processId)
    {
        var children = Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0)
            .Select(id => (Id: id, Parent: ParentOf(id)))
            .ToLookup(process => process.Parent, process => process.Id);
        HashSet<int> family = [processId];
        for (var generation = family.ToList(); generation.Count > 0;)
        {
            generation = [.. generation.SelectMany(parent => children[parent]).Where(family.Add)];
        }

        return family;
    }

    private static bool HasEnded(int processId) => StatusOf(processId) is null or ["Z" or "X", ..];

    private static int ParentOf(int processId) =>
        StatusOf(processId) is [_, var parent, ..] ? int.Parse(parent, CultureInfo.InvariantCulture) : 0;

    // "17 (a name) S 1 …", from the state on: the name may hold spaces and brackets, what follows its last bracket does not.
    private static string[]? StatusOf(int processId)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{processId}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }
}
