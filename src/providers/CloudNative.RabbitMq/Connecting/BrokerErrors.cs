using System.Text.RegularExpressions;
using CloudNative.Eventing;
using CloudNative.RabbitMq.Configuration;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace CloudNative.RabbitMq.Connecting;

/// <summary>What the broker or its client says, in words that name the cause and the cure.</summary>
internal static class BrokerErrors
{
    private const ushort AccessRefused = 403;
    private const ushort NotFound = 404;
    private const ushort ResourceLocked = 405;
    private const ushort PreconditionFailed = 406;
    private const ushort NotAllowed = 530;

    /// <summary>Whether the broker itself says that something is not there.</summary>
    public static bool IsNotFound(Exception exception) => CodeOf(exception) == NotFound;

    /// <summary>Whether the broker lacks a permission for it.</summary>
    public static bool IsRefused(Exception exception) => CodeOf(exception) == AccessRefused;

    public static EventTransportException From(Exception exception, BrokerContext context)
    {
        if (exception is EventTransportException known)
        {
            return known;
        }

        var user = context.Address.Uri.UserInfo.Split(':')[0];
        if (exception is OperationInterruptedException { ShutdownReason: { } reason })
        {
            return new EventTransportException(Explain(reason, context, user), exception);
        }

        if (Find<AuthenticationFailureException>(exception) is not null)
        {
            return new EventTransportException(
                $"{ErrorIds.Refused} RabbitMQ at {context.Address.Shown} does not know the user '{user}' or its password. Correct the "
                + "address; 'guest' may log in from the broker's own machine only.",
                exception);
        }

        if (Find<OperationInterruptedException>(exception) is { ShutdownReason: { } inner })
        {
            return new EventTransportException(Explain(inner, context, user), exception);
        }

        return new EventTransportException(
            $"{ErrorIds.NotReachable} RabbitMQ at {context.Address.Shown} cannot be reached: {FirstLine(RootOf(exception).Message)} "
            + "See whether it runs ('rabbitmq-diagnostics status') and whether the address names it. It is tried again by itself.",
            exception);
    }

    public static string Explain(ShutdownEventArgs reason, BrokerContext context, string? user = null)
    {
        user ??= context.Address.Uri.UserInfo.Split(':')[0];
        var vhost = Uri.UnescapeDataString(context.Address.Uri.AbsolutePath.TrimStart('/')) is { Length: > 0 } name ? name : "/";
        var text = reason.ReplyText;
        var names = string.Join(
            '|', context.Formats.Exchanges.Select(Regex.Escape).Prepend($"{Regex.Escape(context.Options.Prefix)}/.*"));
        return reason.ReplyCode switch
        {
            AccessRefused => $"{ErrorIds.Refused} RabbitMQ refuses: {text}. Allow it: rabbitmqctl set_permissions -p '{vhost}' '{user}' "
                + $"'^({names})$' '^({names}|amq\\.default)$' '^({names})$'",
            NotAllowed => $"{ErrorIds.Refused} RabbitMQ refuses: {text}. Make the vhost and let the user in: rabbitmqctl add_vhost "
                + $"'{vhost}', then rabbitmqctl set_permissions -p '{vhost}' '{user}' '.*' '.*' '.*'",
            NotFound => $"{ErrorIds.Missing} RabbitMQ lacks something: {text}. Let a process with "
                + "CloudNative:RabbitMq:Provision=Create make it, or make it by hand as docs/providers/rabbitmq.md lists it.",
            PreconditionFailed when text.Contains("limit", StringComparison.Ordinal)
                && text.Contains("reached", StringComparison.Ordinal) =>
                $"{ErrorIds.Refused} RabbitMQ's vhost is full: {text}. Raise the limit: rabbitmqctl set_vhost_limits -p '{vhost}' "
                + "'{\"max-queues\": 10000}'",
            PreconditionFailed when context.Formats.Exchanges.Any(
                name => text.Contains($"'{name}'", StringComparison.Ordinal)) =>
                $"{ErrorIds.Differs} RabbitMQ has it otherwise: {text}. It is named below CloudNative:RabbitMq:Topics "
                + "as an exchange of MassTransit's, which has to be a durable fanout exchange. Leave ExchangeType in "
                + "MassTransit as it is, or name another exchange.",
            PreconditionFailed when text.Contains($"'{context.Names.DeadLetters}'", StringComparison.Ordinal) =>
                $"{ErrorIds.Differs} RabbitMQ has it otherwise: {text}. The limits of the stream of dead letters are set "
                + $"when it is made. Set {RabbitMqOptions.SectionName}:DeadLetters back; or replay or discard what is in it, delete it "
                + $"(rabbitmqctl delete_queue -p '{vhost}' '{context.Names.DeadLetters}'), and it is made anew.",
            PreconditionFailed when text.Contains("inequivalent", StringComparison.Ordinal) =>
                $"{ErrorIds.Differs} RabbitMQ has it otherwise: {text}. Something else made it. Empty and delete it "
                + $"(rabbitmqctl delete_queue -p '{vhost}' <name>; an exchange in its management page), or choose another "
                + "CloudNative:RabbitMq:Prefix.",
            PreconditionFailed or ResourceLocked => $"{ErrorIds.Differs} RabbitMQ refuses: {text}.",
            _ => $"{ErrorIds.NotReachable} RabbitMQ at {context.Address.Shown} ended the connection: {text}. It is tried again by itself.",
        };
    }

    private static ushort CodeOf(Exception exception) =>
        Find<OperationInterruptedException>(exception)?.ShutdownReason?.ReplyCode ?? 0;

    // The client wraps what the socket said, once for all addresses and once for each.
    private static Exception RootOf(Exception exception)
    {
        while (exception.InnerException is { } inner)
        {
            exception = inner;
        }

        return exception;
    }

    private static T? Find<T>(Exception? exception)
        where T : Exception
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is T found)
            {
                return found;
            }
        }

        return null;
    }

    private static string FirstLine(string text)
    {
        var line = text.Split('\n')[0].TrimEnd();
        return line.EndsWith('.') ? line : line + ".";
    }
}
