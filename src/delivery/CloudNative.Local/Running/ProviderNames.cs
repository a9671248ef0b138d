using CloudNative.Local.Building;

namespace CloudNative.Local.Running;

/// <summary>
/// Checks the providers that the options name against those that the services have: each service would refuse to start,
/// in many lines.
/// </summary>
internal static class ProviderNames
{
    private const int MostDifferences = 2;

    public static void Check(IEnumerable<string> named, IReadOnlyDictionary<string, ServiceProgram> programs)
    {
        var wanted = named.Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (wanted.Count == 0)
        {
            return;
        }

        var installed = programs.Values.Select(program => (program.Dll, Names: InstalledProviders.Of(program)))
            .Where(program => program.Names.Count > 0) // Others know nothing of providers.
            .ToList();
        var all = installed.SelectMany(program => program.Names)
            .Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal).ToList();
        var unknown = wanted.Except(all, StringComparer.OrdinalIgnoreCase).Select(name => Unknown(name, all));
        var lacking = wanted.Intersect(all, StringComparer.OrdinalIgnoreCase).SelectMany(name => installed
            .Where(program => !program.Names.Contains(name, StringComparer.OrdinalIgnoreCase))
            .Select(program => Lacking(name, program.Dll, program.Names)));
        var problems = unknown.Concat(lacking).ToList();
        if (problems.Count > 0 && installed.Count > 0)
        {
            throw new LocalAppException(LocalAppExitCodes.InvalidInput, string.Join(Environment.NewLine, problems));
        }
    }

    private static string Unknown(string name, List<string> all)
    {
        var nearest = all.FirstOrDefault(candidate => Differences(candidate, name) <= MostDifferences);
        return $"{ErrorIds.CommandLine} --provider names '{name}', which no service has. Allowed: {string.Join(", ", all)}."
            + (nearest is null ? string.Empty : $" Did you mean '{nearest}'?");
    }

    private static string Lacking(string name, string program, IReadOnlyList<string> names) =>
        $"{ErrorIds.CommandLine} --provider names '{name}', which {Path.GetFileNameWithoutExtension(program)} does not have; "
        + $"it has {string.Join(", ", names)}. Add the provider's package and its Use call there, or leave the service out.";

    // Levenshtein, without case.
    private static int Differences(string left, string right)
    {
        var previous = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var current = new int[right.Length + 1];
            current[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var same = char.ToUpperInvariant(left[i - 1]) == char.ToUpperInvariant(right[j - 1]);
                current[j] = Math.Min(Math.Min(previous[j], current[j - 1]) + 1, previous[j - 1] + (same ? 0 : 1));
            }

            previous = current;
        }

        return previous[^1];
    }
}
