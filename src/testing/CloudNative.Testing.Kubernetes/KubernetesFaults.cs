using System.Net;

namespace CloudNative.Testing.Kubernetes;

/// <summary>What goes wrong at the server from now on. Each may be set at any time, from any thread.</summary>
public sealed class KubernetesFaults
{
    private volatile bool _refuses;
    private volatile bool _hangs;
    private volatile bool _losesEvents;
    private volatile bool _endsWatchesAtOnce;
    private int _answer;
    private long _delay;

    /// <summary>
    /// Whether connections are refused; over loopback they are broken off. Open watches go on, see
    /// <see cref="KubernetesTestServer.BreakWatches"/>.
    /// </summary>
    public bool Refuses
    {
        get => _refuses;
        set => _refuses = value;
    }

    /// <summary>Whether new requests get no answer. Open watches go on.</summary>
    public bool Hangs
    {
        get => _hangs;
        set => _hangs = value;
    }

    /// <summary>Answers every new request, such as 503; <see langword="null"/> for none.</summary>
    public HttpStatusCode? Answer
    {
        get => Volatile.Read(ref _answer) is var code and > 0 ? (HttpStatusCode)code : null;
        set => Volatile.Write(ref _answer, (int)(value ?? 0));
    }

    /// <summary>How long each answer takes, by the server's clock.</summary>
    public TimeSpan Delay
    {
        get => TimeSpan.FromTicks(Volatile.Read(ref _delay));
        set => Volatile.Write(ref _delay, value.Ticks);
    }

    /// <summary>
    /// Whether open watches are not told of changes, as by a fault of the server: only a list shows them.
    /// </summary>
    public bool LosesEvents
    {
        get => _losesEvents;
        set => _losesEvents = value;
    }

    /// <summary>Whether watches end as soon as they are open, without an error.</summary>
    public bool EndsWatchesAtOnce
    {
        get => _endsWatchesAtOnce;
        set => _endsWatchesAtOnce = value;
    }
}
