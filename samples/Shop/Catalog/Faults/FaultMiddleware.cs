namespace Shop.Catalog.Faults;

/// <summary>Does to requests what the switch says, the same over HTTP and gRPC.</summary>
internal sealed class FaultMiddleware(
    RequestDelegate next, FaultSwitch faults, IHostApplicationLifetime lifetime, TimeProvider time)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var fault = faults.Fault;
        if (context.GetEndpoint()?.Metadata.GetMetadata<Breakable>() is null)
        {
            await next(context);
        }
        else if (fault.Silent)
        {
            await SwallowAsync(context);
        }
        else if (Random.Shared.NextDouble() < fault.Failing)
        {
            Fail(context);
        }
        else
        {
            SlowDown(context, fault.Slowness);
            await next(context);
        }
    }

    // Until the caller gives up; a stop of the process does not wait for that.
    private async Task SwallowAsync(HttpContext context)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        await Task.Delay(Timeout.InfiniteTimeSpan, time, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        context.Abort();
    }

    private static void Fail(HttpContext context)
    {
        if (context.Request.ContentType?.StartsWith("application/grpc", StringComparison.Ordinal) != true)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        // gRPC says how a call went in a header of its own; 14 is UNAVAILABLE.
        context.Response.ContentType = "application/grpc";
        context.Response.Headers["grpc-status"] = "14";
        context.Response.Headers["grpc-message"] = "Failing as told.";
    }

    // The answer is held back just before its first byte, when it is known how long it took.
    private void SlowDown(HttpContext context, double slowness)
    {
        if (slowness > 1)
        {
            var begun = time.GetTimestamp();
            context.Response.OnStarting(async () => await Task
                .Delay(time.GetElapsedTime(begun) * (slowness - 1), time, context.RequestAborted)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing));
        }
    }
}
