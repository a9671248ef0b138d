namespace CloudNative.ArchitectureTests;

/// <summary>Files that are made from others. With <c>UPDATE_DOCS=1</c> they are written, else compared.</summary>
internal static class Generated
{
    public static bool IsUpdate { get; } = Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1";

    public static void Compare(string path, string expected)
    {
        if (IsUpdate)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(Repository.Root, path))!);
            File.WriteAllText(Path.Combine(Repository.Root, path), expected);
            return;
        }

        var actual = Repository.Exists(path) ? Repository.Read(path) : "";
        Assert.True(actual == expected, $"{path} is out of date; run ./build/docs.sh and read the diff");
    }
}
