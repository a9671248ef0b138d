using CloudNative.Kubernetes.Configuration;

namespace CloudNative.Kubernetes.Sources;

/// <summary>
/// A directory that the kubelet writes: each state is a directory of its own, named by the link <c>..data</c>, which is
/// replaced by a rename; then the one before is removed. A state is whole when the link names it before and after it
/// was read.
/// </summary>
internal sealed class MountedDirectory(string path)
{
    private const string DataLink = "..data";
    private const string Hidden = "..";
    private const string Restless = "It changes all the time.";
    private const int MostAttempts = 10;
    private const int MostFiles = 10_000;
    private const long MostBytes = 16 << 20;

    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    public string Path { get; } = System.IO.Path.GetFullPath(path);

    private string Link => System.IO.Path.Combine(Path, DataLink);

    /// <summary>Tells states apart; <see langword="null"/> when there is no directory.</summary>
    public string? FindState()
    {
        try
        {
            return new FileInfo(Link).LinkTarget
                ?? (Directory.Exists(Path)
                    ? string.Join('\n', FilesIn(Path).Select(Describe).Order(StringComparer.Ordinal))
                    : null);
        }
        catch (DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Reads one state; <see langword="null"/> when there is no directory.</summary>
    /// <exception cref="IOException">It cannot be read, or is replaced all the time.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public (string State, Dictionary<string, byte[]> Files)? Read()
    {
        for (var attempt = 1; FindState() is { } state; attempt++)
        {
            try
            {
                var files = ReadFiles();
                if (FindState() == state)
                {
                    return (state, files);
                }

                if (attempt == MostAttempts)
                {
                    throw new IOException(Restless);
                }
            }
            catch (IOException exception) when (FindState() != state)
            {
                // What was being read has been removed.
                if (attempt == MostAttempts)
                {
                    throw new IOException(Restless, exception);
                }
            }
        }

        return null;
    }

    private Dictionary<string, byte[]> ReadFiles()
    {
        var root = new FileInfo(Link).LinkTarget is { } target ? System.IO.Path.Combine(Path, target) : Path;
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var bytes = 0L;
        foreach (var (name, file) in FilesIn(root))
        {
            bytes += file.Length;
            files.Add(name, bytes <= MostBytes ? File.ReadAllBytes(file.FullName) : throw TooMuch());
        }

        return files;
    }

    private List<(string Name, FileInfo File)> FilesIn(string root)
    {
        var files = FilesBelow(root, string.Empty).Take(MostFiles + 1).ToList();
        return files.Count <= MostFiles ? files : throw TooMuch();
    }

    private KubernetesConfigurationException TooMuch() => new(
        $"{ErrorIds.DirectoryUnreadable}: {Path} holds more than {MostBytes >> 20} MiB or {MostFiles} files, as no "
        + "ConfigMap and no Secret does. Name the directory that one is mounted at");

    // Links to directories are not followed: what the kubelet writes has none below a state.
    private static IEnumerable<(string Name, FileInfo File)> FilesBelow(string directory, string prefix)
    {
        foreach (var entry in new DirectoryInfo(directory).EnumerateFileSystemInfos("*", Everything))
        {
            if (entry.Name.StartsWith(Hidden, StringComparison.Ordinal))
            {
                continue;
            }

            if (entry is FileInfo file)
            {
                yield return (prefix + file.Name, file);
            }
            else if (entry.LinkTarget is null)
            {
                foreach (var below in FilesBelow(entry.FullName, $"{prefix}{entry.Name}/"))
                {
                    yield return below;
                }
            }
        }
    }

    private static string Describe((string Name, FileInfo File) found) =>
        !found.File.Exists
            ? found.Name // Gone meanwhile.
            : FormattableString.Invariant(
                $"{found.Name} {found.File.LinkTarget} {found.File.Length} {found.File.LastWriteTimeUtc.Ticks}");
}
