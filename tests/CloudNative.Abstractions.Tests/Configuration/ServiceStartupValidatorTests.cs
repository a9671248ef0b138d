using CloudNative.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CloudNative.Tests.Configuration;

public sealed class ServiceStartupValidatorTests
{
    [Fact]
    public async Task StartAsync_ManyThingsWrong_ListsThemAllInOneMessage()
    {
        var builder = HostUnderTest.Create(
            ("CloudNative:Lifecycle:DrainTimeout", "02:00:00"),
            ("CloudNative:Lifecycle:PropagationTimeout", "-00:00:01"),
            ("CloudNative:Service:Name", "***"),
            ("CloudNative:Service:Nmae", "orders"),
            ("CloudNative:Hosting:Mode", "Sevice"));
        builder.Services.AddSingleton<IConfigurationCheck, Complaint>();
        AddOptionsOfTheUser(builder);

        var refused = await RefusedAsync<CloudNativeConfigurationException>(builder);

        string[] expected = ["CN1001", "CN1001", "CN1002", "CN1005", "CN1006", "CN9999", "UserOptions: Size must be even"];
        Assert.Equal(expected, refused.Failures.Select(IdOrLine).Order(StringComparer.Ordinal));
        Assert.All(refused.Failures, line => Assert.Contains(line, refused.Message, StringComparison.Ordinal));
        Assert.Contains("7 problems", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_ValueDoesNotConvert_HidesNoOtherProblem()
    {
        var builder = HostUnderTest.Create(
            ("CloudNative:Lifecycle:DrainTimeout", "soon"),
            ("CloudNative:Hosting:Mode", "Sevice"));
        AddOptionsOfTheUser(builder);

        var refused = await RefusedAsync<CloudNativeConfigurationException>(builder);

        Assert.Contains(
            refused.Failures,
            line => line.StartsWith("CN1004 CloudNative:Lifecycle:DrainTimeout is 'soon'. Allowed: a duration", StringComparison.Ordinal));
        Assert.Contains(refused.Failures, line => line.StartsWith("CN1006", StringComparison.Ordinal));
    }

    [Fact]
    public async Task StartAsync_OnlyTheUsersOptionsAreWrong_TheirExceptionPassesUnchanged()
    {
        var builder = HostUnderTest.Create();
        AddOptionsOfTheUser(builder);

        var refused = await RefusedAsync<OptionsValidationException>(builder);

        Assert.Equal(typeof(UserOptions), refused.OptionsType);
    }

    [Theory]
    [InlineData(HostMode.Service, 1)]
    [InlineData(HostMode.Test, 0)]
    [InlineData(HostMode.DesignTime, 0)]
    public async Task StartAsync_Commands_AreAskedInAServiceOnly(HostMode mode, int expected)
    {
        var command = new IdleCommand();
        var builder = HostUnderTest.Create(("CloudNative:Hosting:Mode", $"{mode}"));
        builder.Services.AddSingleton<IHostCommand>(command);
        using var host = builder.Build();

        await host.StartAsync(TestContext.Current.CancellationToken);
        await host.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(expected, command.Asked);
    }

    [Fact]
    public async Task StartAsync_UsersOptionsAddedBeforeTheCore_AreValidatedToo()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        AddOptionsOfTheUser(builder);
        builder.Services.AddCloudNativeCore();

        await RefusedAsync<OptionsValidationException>(builder);
    }

    [Fact]
    public async Task StartAsync_UnderATool_OurProblemsStayUnsaid()
    {
        var builder = HostUnderTest.Create(
            ("CloudNative:Lifecycle:DrainTimeout", "02:00:00"),
            ("CloudNative:Service:Name", "***"),
            ("CloudNative:Hosting:Mode", "DesignTime"));
        using var host = builder.Build();

        await host.StartAsync(TestContext.Current.CancellationToken);
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    private static string IdOrLine(string line) =>
        line.StartsWith("CN", StringComparison.Ordinal) ? line[..6] : line;

    private static void AddOptionsOfTheUser(HostApplicationBuilder builder) =>
        builder.Services.AddOptions<UserOptions>().Validate(options => options.Size % 2 == 0, "Size must be even").ValidateOnStart();

    private static async Task<TException> RefusedAsync<TException>(HostApplicationBuilder builder)
        where TException : Exception
    {
        using var host = builder.Build();
        return await Assert.ThrowsAsync<TException>(() => host.StartAsync(TestContext.Current.CancellationToken));
    }

    private sealed class UserOptions
    {
        public int Size { get; } = 3;
    }

    private sealed class Complaint : IConfigurationCheck
    {
        public void Check(ConfigurationProblems problems) => problems.Add("CN9999", "Moon", "full", "new", "Wait.");
    }

    private sealed class IdleCommand : IHostCommand
    {
        public int Asked { get; private set; }

        public bool TryRun()
        {
            Asked++;
            return false;
        }
    }
}
