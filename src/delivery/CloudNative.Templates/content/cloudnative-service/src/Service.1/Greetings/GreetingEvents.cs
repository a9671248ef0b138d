using CloudNative.Eventing;

namespace Service._1.Greetings;

/// <summary>The events that this service handles.</summary>
internal static partial class GreetingEvents
{
    // Returning acknowledges the event, throwing asks for another attempt; so an event may come twice.
    public static void MapGreetingEvents(this IHost app) =>
        app.MapEvent("greetings", (GreetingSent greeting, EventContext context, GreetingBook book, ILogger<GreetingBook> logger) =>
        {
            book.Add(greeting.Name);
            LogHandled(logger, greeting.Name, context.Attempt);
        });

    [LoggerMessage(1, LogLevel.Information, "{Name} was greeted (attempt {Attempt})")]
    private static partial void LogHandled(ILogger logger, string name, int attempt);
}
