using CloudNative.AppModel.Yaml;

namespace CloudNative.AppModel.Reading;

/// <summary>
/// Checks that needs name services of the file and run in no circle: they say who may start before whom, and in a circle
/// nobody may. It works on the tree, so that services with other problems count as declared.
/// </summary>
internal static class NeedsCheck
{
    public static void Check(YamlMapping services, ProblemList problems)
    {
        var names = services.Entries.Select(entry => entry.Key.Value).ToList();
        var needs = services.Entries.ToDictionary(entry => entry.Key.Value, Needs, StringComparer.Ordinal);
        foreach (var need in needs.Values.SelectMany(list => list).Where(need => !names.Contains(need.Value)))
        {
            problems.Add(ProblemIds.UnknownNeed, need.At, $"{need.Kind} is needed but not a service of this app.",
                string.Join(", ", names), Nearest.Cure(need.Value, names, "Add the service, or remove the need."));
        }

        var done = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            Visit(name, needs, [], done, problems);
        }
    }

    private static void Visit(
        string name, Dictionary<string, List<YamlScalar>> needs, List<string> path, HashSet<string> done, ProblemList problems)
    {
        path.Add(name);
        foreach (var need in needs[name].Where(need => needs.ContainsKey(need.Value) && !done.Contains(need.Value)))
        {
            var start = path.IndexOf(need.Value);
            if (start < 0)
            {
                Visit(need.Value, needs, path, done, problems);
            }
            else
            {
                var circle = string.Join(" -> ", path.Skip(start).Append(need.Value));
                problems.Add(ProblemIds.Cycle, need.At, $"Needs run in a circle: {circle}.", "needs without a circle",
                    "Remove one of them; services that call each other both ways need only one direction here.");
            }
        }

        path.RemoveAt(path.Count - 1);
        done.Add(name);
    }

    private static List<YamlScalar> Needs(YamlEntry service) =>
        service.Value is YamlMapping mapping && mapping.Find("needs")?.Value is YamlSequence list
            ? [.. list.Items.OfType<YamlScalar>().Where(item => !item.IsNull)]
            : [];
}
