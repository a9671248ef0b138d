using Shop.Web.Engine;

namespace Shop.Web.Panel;

/// <summary>
/// Sends what the panel's buttons ask for to the engine. A stop drains and a start takes a while, and neither ends because a browser
/// does not wait: the commands belong to this object and end with the process.
/// </summary>
internal sealed partial class Commands(
    EngineClient engine, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<Commands> logger)
{
    // Long enough to hear of a refusal, short enough for a person.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Runs a command and goes back to the panel, at the latest after a second; a refusal is said in words.</summary>
    public async Task<IResult> RunAsync(string service, Func<EngineClient, CancellationToken, Task> command)
    {
        var running = LogFailureAsync(service, command(engine, lifetime.ApplicationStopping));
        try
        {
            return await running.WaitAsync(Patience, time) is { } refusal
                ? TypedResults.Text(refusal, statusCode: StatusCodes.Status409Conflict)
                : new SeeOther(PanelEndpoints.Address);
        }
        catch (TimeoutException)
        {
            return new SeeOther(PanelEndpoints.Address);
        }
    }

    private async Task<string?> LogFailureAsync(string service, Task command)
    {
        try
        {
            await command;
            return null;
        }
        catch (EngineException e)
        {
            LogRefused(service, e.Message);
            return e.Message;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The engine did not do what was asked for {Service}: {Reason}")]
    private partial void LogRefused(string service, string reason);
}
