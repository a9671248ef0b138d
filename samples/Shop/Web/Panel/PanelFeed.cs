using System.Runtime.CompilerServices;
using Shop.Web.Goodput;

namespace Shop.Web.Panel;

/// <summary>Takes what the panel shows together, each second while somebody looks.</summary>
internal sealed class PanelFeed(ServiceWatch services, BackstageWatch backstage, RequestLog requests, Load load, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    public async Task<PanelSnapshot> LookAsync(CancellationToken cancellationToken)
    {
        var behind = backstage.LookAsync(cancellationToken);
        var (views, problem) = await services.LookAsync(cancellationToken);
        return new PanelSnapshot(views, requests.Summarise(), load.Summarise(), await behind, problem);
    }

    public async IAsyncEnumerable<PanelSnapshot> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            yield return await LookAsync(cancellationToken);
            await Task.Delay(Interval, time, cancellationToken);
        }
    }
}
