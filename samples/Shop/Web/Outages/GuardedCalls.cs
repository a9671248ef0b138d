using Shop.Web.Panel;

namespace Shop.Web.Outages;

/// <summary>Tells a service that does not answer from a defect of ours: only the first becomes the page that asks for patience.</summary>
internal sealed class GuardedCalls(RequestLog log)
{
    /// <summary>Makes a call; what the network and the service's own failures throw becomes one exception.</summary>
    /// <exception cref="ServiceOutageException">No instance answered, or only with 5xx.</exception>
    public async Task<T> RunAsync<T>(string service, Func<Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            var result = await call();
            log.Count(failed: false);
            return result;
        }
        catch (Exception e) when (IsOutage(e) && !cancellationToken.IsCancellationRequested)
        {
            log.Count(failed: true);
            throw new ServiceOutageException(service, e);
        }
    }

    private static bool IsOutage(Exception exception) => exception switch
    {
        HttpRequestException { StatusCode: { } status } => (int)status >= 500,
        HttpRequestException or TimeoutException or IOException => true,
        TaskCanceledException { InnerException: TimeoutException } => true,
        _ => false,
    };
}
