using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.Eventing.Handling;

/// <summary>Finds the value of one parameter that is not the event.</summary>
internal sealed class ArgumentReader(ParameterInfo parameter)
{
    private readonly Type _type = parameter.ParameterType;
    private readonly FromKeyedServicesAttribute? _keyed = parameter.GetCustomAttribute<FromKeyedServicesAttribute>();

    /// <summary>Whether the parameter is something other than an event: a part of the delivery, or a keyed service.</summary>
    public static bool IsKnown(ParameterInfo parameter) =>
        parameter.IsDefined(typeof(FromKeyedServicesAttribute))
        || parameter.ParameterType == typeof(EventContext)
        || parameter.ParameterType == typeof(EventEnvelope)
        || parameter.ParameterType == typeof(CancellationToken)
        || parameter.ParameterType == typeof(IServiceProvider);

    public object? Read(EventContext context, CancellationToken cancellationToken)
    {
        if (_type == typeof(EventContext))
        {
            return context;
        }

        if (_type == typeof(EventEnvelope))
        {
            return context.Event;
        }

        if (_type == typeof(CancellationToken))
        {
            return cancellationToken;
        }

        return _type == typeof(IServiceProvider) ? context.Services : Resolve(context.Services);
    }

    private object? Resolve(IServiceProvider services)
    {
        if (parameter.HasDefaultValue)
        {
            var found = _keyed is null ? services.GetService(_type) : Keyed(services).GetKeyedService(_type, _keyed.Key);
            return found ?? parameter.DefaultValue;
        }

        return _keyed is null
            ? services.GetRequiredService(_type)
            : Keyed(services).GetRequiredKeyedService(_type, _keyed.Key);
    }

    private static IKeyedServiceProvider Keyed(IServiceProvider services) =>
        services as IKeyedServiceProvider
        ?? throw new InvalidOperationException("The service provider does not support keyed services.");
}
