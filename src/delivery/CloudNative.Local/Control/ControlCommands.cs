namespace CloudNative.Local.Control;

/// <summary>Does what a client asks for.</summary>
internal sealed class ControlCommands(ILocalApp app)
{
    public const string Watch = "watch";

    private const string All = "state, watch, kill, stop, start, restart";

    /// <summary>Does it, and ends when it is done.</summary>
    public async Task<ControlAnswer> RunAsync(ControlRequest request, CancellationToken cancellationToken)
    {
        try
        {
            await DoAsync(request, cancellationToken).ConfigureAwait(false);
            return request.Command is "state" or Watch ? ControlState.Of(app) : new ControlAnswer(true);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or LocalAppException)
        {
            return new ControlAnswer(false, e.Message);
        }
    }

    private Task DoAsync(ControlRequest request, CancellationToken cancellationToken) => request.Command switch
    {
        "state" or Watch => Task.CompletedTask,
        "kill" => app.KillAsync(Service(request), Replica(request), cancellationToken),
        "stop" => app.StopAsync(Service(request), cancellationToken),
        "start" => app.StartAsync(Service(request), cancellationToken),
        "restart" => app.RestartAsync(Service(request), cancellationToken),
        _ => throw new InvalidOperationException($"'{request.Command}' is no command. Commands: {All}."),
    };

    private static string Service(ControlRequest request) =>
        request.Service ?? throw new InvalidOperationException($"'{request.Command}' needs \"service\".");

    private static int Replica(ControlRequest request) =>
        request.Replica ?? throw new InvalidOperationException($"'{request.Command}' needs \"replica\", a number from 1.");
}
