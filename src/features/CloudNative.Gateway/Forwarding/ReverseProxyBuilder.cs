using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.Gateway.Forwarding;

internal sealed class ReverseProxyBuilder(IServiceCollection services) : IReverseProxyBuilder
{
    public IServiceCollection Services => services;
}
