namespace CloudNative.ArchitectureTests.Shape;

/// <summary>A reader who knows where a type sits knows where its tests sit.</summary>
internal static class TestMirror
{
    public static IEnumerable<string> Check(string package, IEnumerable<string> sources, IReadOnlyCollection<string> tests)
    {
        if (tests.Count == 0)
        {
            yield return $"tests/{package}.Tests has no tests";
            yield break;
        }

        var folderOf = sources.GroupBy(NameOf).ToDictionary(group => group.Key, group => group.Select(FolderOf).ToHashSet());
        foreach (var test in tests.Where(test => test.Ends("Tests.cs")))
        {
            var subject = NameOf(test)[..^"Tests".Length];
            if (folderOf.TryGetValue(subject, out var folders) && !folders.Contains(FolderOf(test)))
            {
                yield return $"tests/{package}.Tests/{test}: {subject} sits in '{string.Join("' and '", folders)}'";
            }
        }
    }

    private static string NameOf(string path) => Path.GetFileName(path).Split('.')[0];

    private static string FolderOf(string path) => path.Has("/") ? path[..path.LastIndexOf('/')] : "";
}
