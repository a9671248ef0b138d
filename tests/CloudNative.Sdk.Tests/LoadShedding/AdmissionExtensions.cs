using CloudNative.Sdk.LoadShedding;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CloudNative.Sdk.Tests.LoadShedding;

internal static class AdmissionExtensions
{
    public static Admission Admission(this IHost app) => app.Services.GetRequiredService<Admission>();
}
