using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;

namespace CloudNative.Configuration;

internal sealed class OptionsCheck<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions>(
    IOptionsMonitor<TOptions> options) : IOptionsCheck
    where TOptions : class
{
    public void Validate() => _ = options.CurrentValue;
}
