using CloudNative.Local.Running;

namespace CloudNative.Local.Ports;

/// <summary>
/// The ports that this user's runs have been given: between being given a port and listening on it a service takes
/// seconds to start, in which another run must not take the port for its own.
/// </summary>
internal sealed class PortClaims(string folder) : IDisposable
{
    private readonly List<FileStream> _held = [];

    public PortClaims()
        : this(Path.Combine(Path.GetTempPath(), $"cloudnative-ports-{Environment.UserName}"))
    {
    }

    /// <summary>Claims the port until this is disposed, or says that another run has it.</summary>
    public bool TryClaim(int port)
    {
        try
        {
            OwnerOnlyFolder.Create(folder);
            if (HeldLock.TryTake(Path.Combine(folder, $"{port}.lock")) is not { } taken)
            {
                return false;
            }

            _held.Add(taken);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Claims make a race rare, no more; without a folder to keep them in, the service that comes second moves.
            return true;
        }
    }

    // The files stay: deleting one that another run has just opened would give the port to both.
    public void Dispose() => _held.ForEach(held => held.Dispose());
}
