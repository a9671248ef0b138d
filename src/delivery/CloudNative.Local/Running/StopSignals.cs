using System.Runtime.InteropServices;

namespace CloudNative.Local.Running;

/// <summary>
/// Ctrl-C, SIGTERM and a closed terminal: the first asks everything to stop, the second kills it at once.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    private readonly LocalAppEngine _engine;
    private readonly List<PosixSignalRegistration> _registrations = [];
    private int _count;

    public StopSignals(LocalAppEngine engine)
    {
        _engine = engine;
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGQUIT, PosixSignal.SIGHUP])
        {
            _registrations.Add(PosixSignalRegistration.Create(signal, OnSignal));
        }
    }

    public void Dispose() => _registrations.ForEach(registration => registration.Dispose());

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref _count) == 1)
        {
            _engine.Interrupt();
        }
        else
        {
            _engine.KillAll();
        }
    }
}
