using CloudNative.Modes;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.Tests.Modes;

public sealed class HostModeProviderTests
{
    [Theory]
    [InlineData("GetDocument.Insider", HostMode.DesignTime)]
    [InlineData("ef", HostMode.DesignTime)]
    [InlineData("Shop.Catalog", null)]
    [InlineData(null, null)]
    public void Detect_EntryAssembly_RecognisesTools(string? assembly, HostMode? expected) =>
        Assert.Equal(expected, new ToolDetector(assembly).Detect());

    [Fact]
    public void Mode_NothingDetected_IsService() => Assert.Equal(HostMode.Service, Mode());

    [Fact]
    public void Mode_DetectorSpeaks_IsTaken() => Assert.Equal(HostMode.Test, Mode(new Fixed(null), new Fixed(HostMode.Test)));

    [Fact]
    public void Mode_Configured_OverridesDetectors()
    {
        var builder = HostUnderTest.Create(("CloudNative:Hosting:Mode", "service"));
        builder.Services.AddSingleton<IHostModeDetector>(new Fixed(HostMode.Test));
        using var host = builder.Build();

        Assert.Equal(HostMode.Service, host.Services.GetRequiredService<IHostModeProvider>().Mode);
    }

    private static HostMode Mode(params IHostModeDetector[] detectors)
    {
        var builder = HostUnderTest.Create();
        foreach (var detector in detectors)
        {
            builder.Services.AddSingleton(detector);
        }

        using var host = builder.Build();
        return host.Services.GetRequiredService<IHostModeProvider>().Mode;
    }

    private sealed class Fixed(HostMode? mode) : IHostModeDetector
    {
        public HostMode? Detect() => mode;
    }
}
