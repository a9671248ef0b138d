using CloudNative.Configuration;
using CloudNative.Http.Settings;
using CloudNative.Http.Tests.Labs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;

namespace CloudNative.Http.Tests.Settings;

public sealed class SettingsTests
{
    [Fact]
    public async Task Get_ClientOverridesOneNestedValue_KeepsTheOtherDefaults()
    {
        await using var lab = Lab.Create(new()
        {
            ["CloudNative:Http:Timeout"] = "00:00:05",
            ["CloudNative:Http:Retry:MaxAttempts"] = "2",
            ["CloudNative:Clients:lab:Retry:BudgetRatio"] = "0.5",
        });

        var settings = Catalog(lab).Get("lab").Current;

        Assert.Equal(TimeSpan.FromSeconds(5), settings.Timeout);
        Assert.Equal(2, settings.MaxAttempts);
        Assert.Equal(0.5, settings.BudgetRatio);
        Assert.Equal(0.1, Catalog(lab).Get("other").Current.BudgetRatio);
    }

    [Fact]
    public async Task Reload_ValidThenInvalid_LastGoodStays()
    {
        await using var lab = Lab.Create();
        var configuration = (IConfigurationRoot)lab.Services.GetRequiredService<IConfiguration>();
        var slot = Catalog(lab).Get("lab");

        configuration["CloudNative:Clients:lab:Timeout"] = "00:00:07";
        configuration.Reload();
        Assert.Equal(TimeSpan.FromSeconds(7), slot.Current.Timeout);

        configuration["CloudNative:Clients:lab:Timeout"] = "00:00:00";
        configuration.Reload();
        Assert.Equal(TimeSpan.FromSeconds(7), slot.Current.Timeout);
        Assert.Contains(
            lab.Services.GetRequiredService<FakeLogCollector>().GetSnapshot(),
            record => record.Message.Contains("CloudNative:Clients:lab:Timeout", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Check_WrongValuesOfAClientNobodyUsed_AreAllListed()
    {
        await using var lab = Lab.Create(new()
        {
            ["CloudNative:Clients:a:Timeout"] = "00:00:00",
            ["CloudNative:Clients:a:Retry:MaxAttempts"] = "99",
            ["CloudNative:Clients:b:Retry:BudgetRatio"] = "NaN",
            ["CloudNative:Clients:c:Timeout"] = "soon",
        });
        var problems = new ConfigurationProblems();

        foreach (var check in lab.Services.GetServices<IConfigurationCheck>().OfType<ServiceClientsCheck>())
        {
            check.Check(problems);
        }

        Assert.Equal(["CN3001", "CN3001", "CN3001", "CN3002"], problems.Items.Select(problem => problem.Id).Order());
        Assert.Contains(problems.Items, problem => problem.Key == "CloudNative:Clients:a:Retry:MaxAttempts" && problem.Value == "99");
        Assert.Contains(problems.Items, problem => problem.Allowed.Contains("soon", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Defaults_OutOfRange_AreRefused()
    {
        await using var lab = Lab.Create(new() { ["CloudNative:Http:ConnectTimeout"] = "00:00:00" });

        var exception = Assert.Throws<OptionsValidationException>(() =>
            lab.Services.GetRequiredService<IOptionsMonitor<ServiceClientOptions>>().CurrentValue);

        Assert.Contains("CN3001 CloudNative:Http:ConnectTimeout", exception.Message, StringComparison.Ordinal);
    }

    private static ClientSettingsCatalog Catalog(Lab lab) => lab.Services.GetRequiredService<ClientSettingsCatalog>();
}
