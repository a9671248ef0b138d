using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace CloudNative.Kubernetes.Informing;

/// <summary>One watch, and what it knows, for all that share it.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Without a timer the source holds nothing; Stop may come twice.")]
internal sealed class SharedInformer<T>(
    KubernetesApi api,
    KubernetesKind<T> kind,
    KubernetesSelection selection,
    ILogger logger,
    Action<ISharedInformer> leave)
    : ISharedInformer
    where T : KubernetesObject
{
    private readonly CancellationTokenSource _stopping = new();

    public ObjectStore<T> Store { get; } = new(api.Connection.Time);

    public int Members { get; set; }

    public Task Completion { get; private set; } = Task.CompletedTask;

    public void Start()
    {
        // What the first caller carries with it, such as a deadline or a span, is not this watch's.
        using (ExecutionContext.SuppressFlow())
        {
            Completion = Task.Run(
                () => new ListWatchLoop<T>(api, kind, selection, Store, logger).RunAsync(_stopping.Token));
        }
    }

    public void Leave() => leave(this);

    public void Stop()
    {
        _stopping.Cancel();
        Store.Complete();
    }
}
