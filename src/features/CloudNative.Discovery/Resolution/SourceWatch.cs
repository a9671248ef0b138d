namespace CloudNative.Discovery.Resolution;

/// <summary>
/// The one watch of one source for one service: opens it, passes on what it says, opens it again when it ends.
/// </summary>
internal sealed class SourceWatch(GatedSource gated, string service, TimeProvider time, Action<EndpointUpdate> apply)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var isNew = true;
        while (true)
        {
            if (gated.Gate.Reason is { } down)
            {
                apply(EndpointUpdate.Unavailable(down));
            }

            var opened = time.GetTimestamp();
            var probes = gated.Gate.Condition != SourceCondition.Up;
            await gated.Gate.EnterAsync(isNew, cancellationToken).ConfigureAwait(false);
            isNew = false;
            if (await FollowAsync(probes, cancellationToken).ConfigureAwait(false) is { } failure)
            {
                Fail(EndpointUpdate.Unavailable(failure), probes);
            }

            // What fails for this service alone while the source answers others is not called more often either.
            var rest = SourceGate.Interval - time.GetElapsedTime(opened);
            if (rest > TimeSpan.Zero)
            {
                await Task.Delay(rest, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task<string?> FollowAsync(bool probes, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var update in gated.Source.WatchAsync(service, cancellationToken).ConfigureAwait(false))
            {
                var isUnavailable = update.Kind == EndpointUpdateKind.Unavailable;
                if (isUnavailable && !gated.Source.RecoversByItself)
                {
                    return update.Reason ?? "unavailable";
                }

                if (isUnavailable && update.IsSourceDown)
                {
                    Fail(update, probes);
                }
                else
                {
                    gated.Gate.Succeed();
                    apply(update);
                }

                probes = false;
            }

            cancellationToken.ThrowIfCancellationRequested();
            return null;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return exception.Message;
        }
    }

    private void Fail(EndpointUpdate update, bool wasProbe)
    {
        gated.Gate.Fail(update.Reason ?? "unavailable", wasProbe);
        apply(update);
    }
}
