using System.Security.Cryptography;
using System.Text;
using CloudNative.Embedded.Configuration;

namespace CloudNative.Embedded.Storage;

/// <summary>The directory that the processes of an app share. Choosing it touches no disk; preparing it does.</summary>
internal sealed class DataDirectory(string path, Func<string, string?> networkFormat)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public string Path { get; } = path;

    /// <summary>Where each process keeps its lock and its socket.</summary>
    public string Instances => System.IO.Path.Combine(Path, "instances");

    public static DataDirectory Choose(EmbeddedOptions options, string contentRoot, string localApplicationData)
    {
        var root = AppRoot.Find(contentRoot);
        if (options.DataDirectory is { } configured)
        {
            return new DataDirectory(System.IO.Path.GetFullPath(configured, root), FileSystems.NetworkFormat);
        }

        if (localApplicationData.Length == 0)
        {
            throw new EmbeddedStoreException(
                ErrorIds.NoPlace,
                "This user has no local application data directory (HOME is not set). "
                + $"Name a directory in {EmbeddedOptions.SectionName}:{nameof(EmbeddedOptions.DataDirectory)}.");
        }

        return new DataDirectory(
            System.IO.Path.Combine(localApplicationData, "cloudnative", NameOf(root)), FileSystems.NetworkFormat);
    }

    /// <summary>
    /// Creates what is missing, for this user only, and refuses places where the store could not keep its promises.
    /// </summary>
    public void Prepare()
    {
        try
        {
            Create(Path);
            Create(Instances);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw StoreErrors.Translate(exception, Path);
        }

        if (networkFormat(Path) is { } format)
        {
            throw new EmbeddedStoreException(
                ErrorIds.NetworkFileSystem,
                $"The data directory '{Path}' is on a network file system ({format}), where locks and shared memory do not hold. "
                + $"Name a directory on a local disk in {EmbeddedOptions.SectionName}:{nameof(EmbeddedOptions.DataDirectory)}.");
        }
    }

    private static void Create(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path); // Inherits the rights of the user's profile.
            return;
        }

        Directory.CreateDirectory(path, OwnerOnly);
    }

    // The name is for people, the hash of the whole path keeps two repositories of the same name apart.
    private static string NameOf(string root)
    {
        var name = new string([.. new DirectoryInfo(root).Name.Take(32).Select(Tame)]);
        var key = OperatingSystem.IsWindows() ? root.ToUpperInvariant() : root;
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(key));
        return $"{name}-{Convert.ToHexStringLower(hash.AsSpan(0, 4))}";
    }

    private static char Tame(char value) => char.IsAsciiLetterOrDigit(value) || value is '.' or '_' ? value : '-';
}
