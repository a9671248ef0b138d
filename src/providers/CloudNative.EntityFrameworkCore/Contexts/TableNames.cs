using CloudNative.EntityFrameworkCore.Model;
using CloudNative.Shared.OutboxSql;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace CloudNative.EntityFrameworkCore.Contexts;

/// <summary>The tables as the model of a context names them.</summary>
internal static class TableNames
{
    public static OutboxNames Of(DbContext context)
    {
        var sql = context.GetService<ISqlGenerationHelper>();
        return new OutboxNames(
            Of<OutboxEvent>(), Of<OutboxEventAside>(), Of<OutboxTurn>(), Of<InboxClaim>(), Of<TableVersion>());

        string Of<TRow>()
        {
            var entity = context.Model.FindEntityType(typeof(TRow))
                ?? throw DatabaseErrors.NotInTheModel(context.GetType());
            return sql.DelimitIdentifier(entity.GetTableName()!, entity.GetSchema());
        }
    }
}
