using System.Text.RegularExpressions;
using CloudNative.Configuration;
using Microsoft.Extensions.Options;
using Npgsql;

namespace CloudNative.PostgreSql.Configuration;

internal sealed partial class PostgreSqlOptionsValidator : IValidateOptions<PostgreSqlOptions>
{
    public ValidateOptionsResult Validate(string? name, PostgreSqlOptions options)
    {
        var problems = new ConfigurationProblems();
        if (options.ConnectionString is { } text && FindFault(text) is { } fault)
        {
            problems.Add(
                ErrorIds.InvalidOption,
                Key(nameof(options.ConnectionString)),
                "(not shown, it may hold a password)",
                "a connection string of Npgsql, such as Host=db;Database=orders;Username=orders",
                fault);
        }

        if (string.IsNullOrWhiteSpace(options.ConnectionName))
        {
            problems.Add(
                ErrorIds.InvalidOption,
                Key(nameof(options.ConnectionName)),
                options.ConnectionName,
                "the name of an entry of ConnectionStrings",
                "Name it, or remove the key for 'postgresql'.");
        }

        if (!SchemaName().IsMatch(options.Schema))
        {
            problems.Add(
                ErrorIds.InvalidOption,
                Key(nameof(options.Schema)),
                options.Schema,
                "lower-case letters, digits and '_', a letter first, at most 48, not beginning with pg_",
                "Name a schema of ours alone, or remove the key for 'cloudnative'.");
        }

        if (!Enum.IsDefined(options.Provision))
        {
            problems.Add(
                ErrorIds.InvalidOption,
                Key(nameof(options.Provision)),
                options.Provision.ToString(),
                "Create, Validate or Never",
                "Name one of them, or remove the key to let the service create its tables.");
        }

        RequireRange(
            problems, nameof(options.Events.Retention), options.Events.Retention, TimeSpan.FromMinutes(1), TimeSpan.FromDays(3650));
        RequireRange(
            problems,
            nameof(options.Events.PollInterval),
            options.Events.PollInterval,
            TimeSpan.FromMilliseconds(100),
            TimeSpan.FromMinutes(1));
        return problems.ToResult();
    }

    /// <summary>What is wrong with a connection string, in words that do not repeat it; null when nothing is.</summary>
    public static string? FindFault(string connectionString)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(connectionString).Host is { Length: > 0 }
                ? null
                : "It names no host: add Host=….";
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidCastException)
        {
            return $"Npgsql cannot read it: {exception.Message}";
        }
    }

    // Lower case, so that it means the same quoted and not, in our statements and in yours.
    [GeneratedRegex("^(?!pg_)[a-z][a-z0-9_]{0,47}$")]
    private static partial Regex SchemaName();

    private static void RequireRange(ConfigurationProblems problems, string key, TimeSpan value, TimeSpan minimum, TimeSpan maximum) =>
        problems.RequireRange(ErrorIds.InvalidOption, Key($"{nameof(PostgreSqlOptions.Events)}:{key}"), value, minimum, maximum);

    private static string Key(string key) => $"{PostgreSqlOptions.SectionName}:{key}";
}
