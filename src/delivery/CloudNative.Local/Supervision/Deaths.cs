using CloudNative.Local.Output;
using CloudNative.Local.Running;

namespace CloudNative.Local.Supervision;

/// <summary>
/// Counts a replica's deaths and says them: one line each at first, the whole story when they become a loop, and then
/// nothing until
/// the replica is ready again. Used by the replica's loop and its watch only, never at once.
/// </summary>
internal sealed class Deaths(ReplicaName name, ReplicaLog log, AppConsole console, Backoff backoff)
{
    /// <summary>As many deaths in a row are a loop.</summary>
    public const int Loop = 5;

    private bool _saidLoop;

    /// <summary>Notes a death.</summary>
    /// <returns>How long to wait before the next start.</returns>
    /// <exception cref="LocalAppException">
    /// It is a loop, and the replica was never ready: the app cannot be run.
    /// </exception>
    public TimeSpan Add(int exitCode, bool wasHealthy, bool wasEverReady)
    {
        if (wasHealthy)
        {
            backoff.Reset();
        }

        var wait = backoff.Next();
        var end = ExitText.Describe(exitCode);
        if (backoff.Failures < Loop)
        {
            console.WriteChange(name, $"{end}; it starts again in {wait.TotalSeconds:0.0} s");
        }
        else if (!wasEverReady)
        {
            throw new LocalAppException(LocalAppExitCodes.Failed, Story(end));
        }
        else if (!_saidLoop)
        {
            _saidLoop = true;
            console.WriteError(Story(end));
            console.WriteChange(name, "it is started again every few seconds; nothing more is said until it is ready");
        }

        return wait;
    }

    public void Forget() => _saidLoop = false;

    private string Story(string end) =>
        $"{ErrorIds.KeepsDying} {name.Display} keeps dying, {backoff.Failures} times in a row; the last time it {end}. "
        + "Its last lines:"
        + $"{Environment.NewLine}{log.DescribeTail()}{Environment.NewLine}  all of them: {log.File}";
}
