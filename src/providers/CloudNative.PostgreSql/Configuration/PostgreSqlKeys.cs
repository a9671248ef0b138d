namespace CloudNative.PostgreSql.Configuration;

/// <summary>All keys below <c>CloudNative:PostgreSql</c>, whichever part of the package is in use: none of them is a typo.</summary>
internal static class PostgreSqlKeys
{
    public const string Section = "PostgreSql";

    public static IReadOnlyList<string> All =>
    [
        nameof(PostgreSqlOptions.ConnectionString),
        nameof(PostgreSqlOptions.ConnectionName),
        nameof(PostgreSqlOptions.Schema),
        nameof(PostgreSqlOptions.Provision),
        $"{nameof(PostgreSqlOptions.Events)}:{nameof(PostgreSqlEventsOptions.Retention)}",
        $"{nameof(PostgreSqlOptions.Events)}:{nameof(PostgreSqlEventsOptions.PollInterval)}",
        $"Outbox:{nameof(PostgreSqlOutboxOptions.PollInterval)}",
    ];
}
