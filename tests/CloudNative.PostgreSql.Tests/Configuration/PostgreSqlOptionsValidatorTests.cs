using CloudNative.PostgreSql.Configuration;

namespace CloudNative.PostgreSql.Tests.Configuration;

public sealed class PostgreSqlOptionsValidatorTests
{
    private readonly PostgreSqlOptionsValidator _validator = new();

    [Fact]
    public void Validate_Defaults_Pass() => Assert.True(_validator.Validate(null, new PostgreSqlOptions()).Succeeded);

    [Theory]
    [InlineData("Orders")]
    [InlineData("pg_orders")]
    [InlineData("a-b")]
    [InlineData("1a")]
    [InlineData("")]
    [InlineData("a; DROP TABLE x")]
    public void Validate_NameThatWouldNeedQuotes_IsRefused(string schema) =>
        Refused(new PostgreSqlOptions { Schema = schema }, "CloudNative:PostgreSql:Schema");

    [Fact]
    public void Validate_UnreadableConnectionString_IsRefusedWithoutShowingIt()
    {
        var failure = Refused(
            new PostgreSqlOptions { ConnectionString = "Host=db;Password=secret;Nonsense=1" }, "CloudNative:PostgreSql:ConnectionString");
        Assert.DoesNotContain("secret", failure, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_ConnectionStringWithoutHost_IsRefused() =>
        Assert.Contains(
            "Host=", Refused(new PostgreSqlOptions { ConnectionString = "Database=x" }, "ConnectionString"), StringComparison.Ordinal);

    [Fact]
    public void Validate_UnknownProvisioningAndNoName_AreBothFound()
    {
        var options = new PostgreSqlOptions { Provision = (PostgreSqlProvisioning)7, ConnectionName = " " };
        Assert.Equal(2, _validator.Validate(null, options).Failures!.Count());
    }

    private string Refused(PostgreSqlOptions options, string key)
    {
        var failure = Assert.Single(_validator.Validate(null, options).Failures!);
        Assert.StartsWith("CN4201 ", failure, StringComparison.Ordinal);
        Assert.Contains(key, failure, StringComparison.Ordinal);
        return failure;
    }
}
