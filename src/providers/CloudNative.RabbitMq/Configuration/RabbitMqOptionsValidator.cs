using System.Buffers;
using CloudNative.Configuration;
using CloudNative.RabbitMq.Connecting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace CloudNative.RabbitMq.Configuration;

internal sealed class RabbitMqOptionsValidator(IConfiguration? configuration = null) : IValidateOptions<RabbitMqOptions>
{
    private const int LongestPrefix = 40;

    private static readonly SearchValues<char> _allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_");

    public ValidateOptionsResult Validate(string? name, RabbitMqOptions options)
    {
        var problems = new ConfigurationProblems();
        if (options.Prefix is not { Length: > 0 and <= LongestPrefix } prefix || prefix.AsSpan().ContainsAnyExcept(_allowed))
        {
            problems.Add(
                ErrorIds.InvalidOption,
                Key(nameof(options.Prefix)),
                options.Prefix,
                "1 to 40 letters, digits, '.', '-' and '_'",
                "Name a prefix such as 'shop', or remove the key for 'cn'.");
        }

        problems.RequireRange(
            ErrorIds.InvalidOption,
            Key(nameof(options.PublishTimeout)),
            options.PublishTimeout,
            TimeSpan.FromMilliseconds(100),
            TimeSpan.FromMinutes(5));
        problems.RequireRange(
            ErrorIds.InvalidOption,
            Key($"{nameof(options.DeadLetters)}:{nameof(options.DeadLetters.MaxAge)}"),
            options.DeadLetters.MaxAge,
            TimeSpan.FromHours(1),
            TimeSpan.FromDays(3_650));
        problems.RequireRange(
            ErrorIds.InvalidOption,
            Key($"{nameof(options.DeadLetters)}:{nameof(options.DeadLetters.MaxBytes)}"),
            options.DeadLetters.MaxBytes,
            64L << 20,
            1L << 40,
            " bytes");
        if (!Enum.IsDefined(options.Provision))
        {
            problems.Add(
                ErrorIds.InvalidOption,
                Key(nameof(options.Provision)),
                options.Provision.ToString(),
                "Create, Validate or Never",
                "Name one of them, or remove the key for Create.");
        }

        TopicRules.Check(options.Topics, problems);

        // The address holds a password: it is never shown.
        if (configuration?.GetConnectionString(options.ConnectionName) is { Length: > 0 } text && !BrokerAddress.IsValid(text))
        {
            problems.Add(
                ErrorIds.InvalidOption,
                $"ConnectionStrings:{options.ConnectionName}",
                "(not shown)",
                "amqp://user:password@host:5672/vhost, or amqps:// with TLS",
                "Write the address as a URI; characters such as '/' in a password or vhost are written %2F.");
        }

        return problems.ToResult();
    }

    private static string Key(string key) => $"{RabbitMqOptions.SectionName}:{key}";
}
