using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CloudNative.Local.Running;

/// <summary>
/// The directory of one run, held by a lock. A second run of the same checkout gets the next number, another checkout
/// another folder, so that two never meet.
/// </summary>
internal sealed class RunDirectory : IDisposable
{
    private const int MaximumRuns = 100;

    private readonly FileStream _lock;

    private RunDirectory(string path, int number, FileStream heldLock)
    {
        Path = path;
        Number = number;
        _lock = heldLock;
    }

    public string Path { get; }

    public int Number { get; }

    public string Data => System.IO.Path.Combine(Path, "data");

    public string Logs => System.IO.Path.Combine(Path, "logs");

    public string Build => System.IO.Path.Combine(Path, "build");

    /// <summary>Held while the app is built: two builds of one checkout would write the same files.</summary>
    public string BuildLock => System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Path)!, "build.lock");

    public static RunDirectory Take(string? root, string appName, string appFile)
    {
        var folder = System.IO.Path.Combine(root ?? DefaultRoot(), $"{appName}-{Hash(appFile)}");
        try
        {
            for (var number = 1; number <= MaximumRuns; number++)
            {
                var path = System.IO.Path.Combine(folder, $"run-{number.ToString(CultureInfo.InvariantCulture)}");
                Directory.CreateDirectory(path);
                if (HeldLock.TryTake(System.IO.Path.Combine(path, "run.lock")) is { } heldLock)
                {
                    return Prepare(new RunDirectory(path, number, heldLock));
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LocalAppException(LocalAppExitCodes.Failed,
                $"{ErrorIds.RunDirectory} The run directory '{folder}' cannot be written: {e.Message} "
                + "Free space or rights there, or choose another place with --data.", e);
        }

        throw new LocalAppException(LocalAppExitCodes.Conflict,
            $"{ErrorIds.RunDirectory} {MaximumRuns} runs of this app hold the directories below '{folder}'. Stop some of them.");
    }

    public void Dispose() => _lock.Dispose();

    private static RunDirectory Prepare(RunDirectory run)
    {
        try
        {
            Directory.CreateDirectory(run.Data);
            Directory.CreateDirectory(run.Logs);
            Directory.CreateDirectory(run.Build);
            return run;
        }
        catch
        {
            run.Dispose();
            throw;
        }
    }

    private static string DefaultRoot()
    {
        var local = Environment.GetFolderPath(
            Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return local.Length > 0
            ? System.IO.Path.Combine(local, "cloudnative", "local")
            : System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"cloudnative-local-{Environment.UserName}");
    }

    private static string Hash(string appFile)
    {
        var path = OperatingSystem.IsWindows() ? appFile.ToUpperInvariant() : appFile;
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)).AsSpan(0, 4));
    }
}
