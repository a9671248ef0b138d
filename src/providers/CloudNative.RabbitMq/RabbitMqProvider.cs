using System.Reflection;
using CloudNative.RabbitMq;

[assembly: AssemblyMetadata("CloudNative.Provider", RabbitMqProvider.Name)]

namespace CloudNative.RabbitMq;

/// <summary>The provider's name, as it stands in configuration and as the key of its services.</summary>
public static class RabbitMqProvider
{
    /// <summary>Used as <c>CloudNative:Eventing:Provider</c>.</summary>
    public const string Name = "rabbitmq";
}
