namespace CloudNative.Embedded.Configuration;

/// <summary>All keys below <c>CloudNative:Embedded</c>, whichever part of the package is in use: none of them is a typo.</summary>
internal static class EmbeddedKeys
{
    public const string Section = "Embedded";

    public static IReadOnlyList<string> All =>
    [
        nameof(EmbeddedOptions.DataDirectory),
        nameof(EmbeddedOptions.PollInterval),
        nameof(EmbeddedOptions.BusyTimeout),
        $"{nameof(EmbeddedOptions.Events)}:{nameof(EmbeddedEventsOptions.Durability)}",
        $"{nameof(EmbeddedOptions.Events)}:{nameof(EmbeddedEventsOptions.Retention)}",
        $"{nameof(EmbeddedOptions.Events)}:{nameof(EmbeddedEventsOptions.MaxSize)}",
        $"Outbox:{nameof(SqliteOutboxOptions.Provisioning)}",
        $"Outbox:{nameof(SqliteOutboxOptions.PollInterval)}",
        $"Outbox:{nameof(SqliteOutboxOptions.BusyTimeout)}",
    ];
}
