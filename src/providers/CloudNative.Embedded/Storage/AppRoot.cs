namespace CloudNative.Embedded.Storage;

/// <summary>
/// Finds what the processes of one app have in common: the directory of its repository, solution or app model.
/// </summary>
internal static class AppRoot
{
    /// <summary>
    /// The nearest directory at or above <paramref name="contentRoot"/> that marks an app, else the content root
    /// itself.
    /// </summary>
    public static string Find(string contentRoot)
    {
        var start = Path.TrimEndingDirectorySeparator(Path.GetFullPath(contentRoot));
        for (var directory = new DirectoryInfo(start); directory is not null; directory = directory.Parent)
        {
            if (IsRoot(directory))
            {
                return directory.FullName;
            }
        }

        return start;
    }

    private static bool IsRoot(DirectoryInfo directory)
    {
        try
        {
            return directory.EnumerateFileSystemInfos().Any(entry =>
                entry.Name is ".git" or "cloudnative.yaml" || entry.Extension is ".sln" or ".slnx");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false; // A directory that we may not read marks nothing for us.
        }
    }
}
