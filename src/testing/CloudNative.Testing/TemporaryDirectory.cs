namespace CloudNative.Testing;

/// <summary>A new directory, removed with all it holds when disposed.</summary>
public sealed class TemporaryDirectory : IDisposable
{
    private readonly DirectoryInfo _directory;

    /// <summary>Creates it below the system's temporary directory, for this user only.</summary>
    /// <param name="prefix">Begins its name. Default <c>cn-test-</c>.</param>
    public TemporaryDirectory(string prefix = "cn-test-") => _directory = Directory.CreateTempSubdirectory(prefix);

    /// <summary>Its full path.</summary>
    public string Path => _directory.FullName;

    /// <summary>A path below it; nothing is created.</summary>
    /// <param name="segments">The names on the way.</param>
    /// <returns>The full path.</returns>
    public string Combine(params ReadOnlySpan<string> segments) =>
        System.IO.Path.Combine(Path, System.IO.Path.Combine(segments));

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            _directory.Delete(recursive: true);
        }
        catch (IOException)
        {
            // Windows keeps files that a dying process has open a moment longer; the temporary directory is swept by
            // others.
        }
        catch (UnauthorizedAccessException)
        {
        }
    }
}
