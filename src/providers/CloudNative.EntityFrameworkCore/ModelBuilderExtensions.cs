using CloudNative.EntityFrameworkCore.Model;
using Microsoft.EntityFrameworkCore;

namespace CloudNative.EntityFrameworkCore;

/// <summary>Adds the tables to a model.</summary>
public static class ModelBuilderExtensions
{
    /// <summary>
    /// Adds the tables of outbox and inbox to a model, so that migrations make them: <c>cloudnative_outbox</c>,
    /// <c>cloudnative_outbox_aside</c>, <c>cloudnative_outbox_turn</c>, <c>cloudnative_inbox</c> and
    /// <c>cloudnative_schema</c>, in the model's default schema. Call it in <c>OnModelCreating</c>.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <returns>The same model.</returns>
    public static ModelBuilder AddCloudNativeEvents(this ModelBuilder model)
    {
        ArgumentNullException.ThrowIfNull(model);
        EventTables.AddTo(model);
        return model;
    }
}
