using Microsoft.Extensions.Options;

namespace CloudNative.Configuration;

internal sealed class OptionsCheck<TOptions>(IOptionsMonitor<TOptions> options) : IOptionsCheck
    where TOptions : class
{
    public void Validate() => _ = options.CurrentValue;
}
